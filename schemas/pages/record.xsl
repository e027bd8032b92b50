<?xml version="1.0" encoding="UTF-8"?>
<!-- clearance/record.html: the answer, what to do, why, and the proof. Tree: stages/pages/page-record.c. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="frame.xsl"/>
  <xsl:include href="record-tables.xsl"/>

  <xsl:template match="/page">
    <html lang="{/page/@lang}">
      <xsl:call-template name="head"/>
      <body>
        <xsl:call-template name="header"/>
        <main id="main">
          <xsl:call-template name="outcome"/>
          <div class="split">
            <xsl:call-template name="contents"/>
            <div>
              <section aria-labelledby="who">
                <h2 id="who"><xsl:value-of select="$words/consignment"/></h2>
                <xsl:for-each select="consignment"><xsl:call-template name="facts"/></xsl:for-each>
              </section>
              <section aria-labelledby="next">
                <h2 id="next"><xsl:value-of select="$words/next"/></h2>
                <xsl:for-each select="steps"><xsl:call-template name="steps"/></xsl:for-each>
                <xsl:for-each select="deadlines"><xsl:call-template name="deadlines"/></xsl:for-each>
              </section>
              <section aria-labelledby="cond">
                <h2 id="cond"><xsl:value-of select="$words/conditions"/></h2>
                <xsl:for-each select="conditions"><xsl:call-template name="conditions"/></xsl:for-each>
              </section>
              <section aria-labelledby="six">
                <h2 id="six"><xsl:value-of select="$words/six"/></h2>
                <xsl:for-each select="points"><xsl:call-template name="points"/></xsl:for-each>
              </section>
              <section aria-labelledby="find">
                <h2 id="find"><xsl:value-of select="$words/findings"/></h2>
                <xsl:for-each select="findings"><xsl:call-template name="findings"/></xsl:for-each>
              </section>
              <section aria-labelledby="und">
                <h2 id="und"><xsl:value-of select="$words/notDecidable"/></h2>
                <xsl:for-each select="undecided"><xsl:call-template name="undecided"/></xsl:for-each>
              </section>
              <xsl:for-each select="timeline">
                <section aria-labelledby="time">
                  <h2 id="time"><xsl:value-of select="$words/timeline"/></h2>
                  <xsl:call-template name="timeline"/>
                </section>
              </xsl:for-each>
              <section aria-labelledby="docs">
                <h2 id="docs"><xsl:value-of select="$words/documents"/></h2>
                <xsl:for-each select="documents"><xsl:call-template name="documents"/></xsl:for-each>
              </section>
              <section aria-labelledby="ver">
                <h2 id="ver"><xsl:value-of select="$words/versions"/></h2>
                <xsl:for-each select="versions"><xsl:call-template name="facts"/><xsl:call-template name="registers"/></xsl:for-each>
              </section>
            </div>
          </div>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="contents">
    <nav class="toc" aria-labelledby="toc">
      <h2 id="toc"><xsl:value-of select="$words/contents"/></h2>
      <ul>
        <li><a href="#who"><xsl:value-of select="$words/consignment"/></a></li>
        <li><a href="#next"><xsl:value-of select="$words/next"/></a></li>
        <li><a href="#cond"><xsl:value-of select="$words/conditions"/></a></li>
        <li><a href="#six"><xsl:value-of select="$words/six"/></a></li>
        <li><a href="#find"><xsl:value-of select="$words/findings"/> (<xsl:value-of select="findings/@count"/>)</a></li>
        <li><a href="#und"><xsl:value-of select="$words/notDecidable"/> (<xsl:value-of select="undecided/@count"/>)</a></li>
        <xsl:if test="timeline"><li><a href="#time"><xsl:value-of select="$words/timeline"/></a></li></xsl:if>
        <li><a href="#docs"><xsl:value-of select="$words/documents"/> (<xsl:value-of select="documents/@count"/>)</a></li>
        <li><a href="#ver"><xsl:value-of select="$words/versions"/></a></li>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template name="steps">
    <xsl:choose>
      <xsl:when test="step">
        <ol class="steps">
          <xsl:for-each select="step">
            <li>
              <xsl:for-each select="text"><xsl:call-template name="text"/></xsl:for-each>
              <xsl:text> (</xsl:text><xsl:call-template name="rules"/><xsl:text>)</xsl:text>
              <xsl:if test="who"><span class="due"><xsl:value-of select="$words/by"/><xsl:text> </xsl:text><bdi><xsl:value-of select="who"/></bdi></span></xsl:if>
            </li>
          </xsl:for-each>
        </ol>
        <p><xsl:value-of select="again"/></p>
        <pre class="cmd"><xsl:value-of select="command"/></pre>
      </xsl:when>
      <xsl:otherwise><p><xsl:value-of select="none"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="findings">
    <p><xsl:value-of select="summary"/></p>
    <xsl:for-each select="point">
      <h3 id="point-{@n}"><xsl:value-of select="title"/></h3>
      <xsl:for-each select="finding"><xsl:call-template name="finding"/></xsl:for-each>
      <xsl:if test="none">
        <p class="soft">
          <xsl:value-of select="none"/>
          <xsl:if test="undecided"><xsl:text> </xsl:text><a href="#und"><xsl:value-of select="undecided"/></a></xsl:if>
        </p>
      </xsl:if>
    </xsl:for-each>
    <xsl:if test="waived">
      <h3 id="waived"><xsl:value-of select="$words/waived"/></h3>
      <xsl:for-each select="waived/finding"><xsl:call-template name="finding"/></xsl:for-each>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
